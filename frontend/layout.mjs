// Lays the served folder out in the build tree: our own files as links (an edit shows on reload), of the libraries
// only the files that the page asks for, and the shapes of the icons it uses.
//
//   node layout.mjs SOURCE_DIR NODE_MODULES OUT_DIR

import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { iconNames } from './js/iconnames.js';

const [sourceDir, modulesDir, outDir] = process.argv.slice(2);

const ownFiles = ['index.html', 'trace.html', 'favicon.svg', 'css', 'js'];

const libraryFiles = [
    ['marked/lib/marked.esm.js', 'marked/marked.esm.js'],
    ['marked/LICENSE', 'marked/LICENSE'],
    ['dompurify/dist/purify.es.mjs', 'dompurify/purify.es.js'], // .js: no server doubts its media type
    ['dompurify/LICENSE', 'dompurify/LICENSE'],
    ['@highlightjs/cdn-assets/es/highlight.min.js', 'highlight/highlight.min.js'], // the core and 40 common languages
    ['@highlightjs/cdn-assets/LICENSE', 'highlight/LICENSE'],
    ['lucide-static/LICENSE', '../icons/LICENSE'],
    ['swagger-ui-dist/swagger-ui.css', 'swagger-ui/swagger-ui.css'],
    ['swagger-ui-dist/swagger-ui-bundle.js', 'swagger-ui/swagger-ui-bundle.js'],
    ['swagger-ui-dist/LICENSE', 'swagger-ui/LICENSE'],
    ['swagger-ui-dist/NOTICE', 'swagger-ui/NOTICE'],
];

function put(path, content) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
}

function linkOwnFiles() {
    for (const name of ownFiles) {
        rmSync(join(outDir, name), { recursive: true, force: true });
        symlinkSync(join(sourceDir, name), join(outDir, name));
    }
}

function copyLibraries() {
    rmSync(join(outDir, 'vendor'), { recursive: true, force: true });
    for (const [from, to] of libraryFiles) {
        const source = join(modulesDir, from);
        const target = join(outDir, 'vendor', to);
        if (!existsSync(source))
            throw new Error(`${source} is missing: a library was updated and moved its files`);
        mkdirSync(dirname(target), { recursive: true });
        if (/\.(js|css)$/.test(to)) // the maps are not served, so nobody shall ask for them
            put(target, readFileSync(source, 'utf8').replace(/\n\/[/*]# sourceMappingURL=[^\n]*/g, ''));
        else
            cpSync(source, target);
    }
}

// The shapes as a module, not as a sprite: an icon that is first needed offline has to be there already. Not below
// vendor/, which servers let browsers keep for a day: the set changes with our own files.
function iconModule() {
    const shapes = iconNames.map((name) => {
        const svg = readFileSync(join(modulesDir, 'lucide-static/icons', `${name}.svg`), 'utf8');
        const body = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'));
        const parts = [...body.matchAll(/<([a-z]+)\s([^>]*?)\/>/g)].map(([, tag, attributes]) => [tag,
            Object.fromEntries([...attributes.matchAll(/([a-z0-9-]+)="([^"]*)"/g)].map(([, key, value]) => [key, value]))]);
        return `    '${name}': ${JSON.stringify(parts)},`;
    });
    return `// Lucide, ISC licence. Made by layout.mjs.\nexport const shapes = {\n${shapes.join('\n')}\n};\n`;
}

mkdirSync(outDir, { recursive: true });
linkOwnFiles();
copyLibraries();
put(join(outDir, 'vendor/package.json'), '{ "type": "module" }\n'); // for tests that load a library with Node
put(join(outDir, 'icons/lucide.js'), iconModule());
