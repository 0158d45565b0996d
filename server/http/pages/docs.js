'use strict';

// The library's own name for its dark look.
const dark = window.matchMedia('(prefers-color-scheme: dark)');
const applyTheme = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', applyTheme);
applyTheme();

// Without the library (a server that has no page) the link to the document is what remains.
if (window.SwaggerUIBundle) {
    window.SwaggerUIBundle({
        url: '/openapi.json',
        dom_id: '#swagger',
        deepLinking: true,
        displayRequestDuration: true,
        defaultModelsExpandDepth: 0,
        validatorUrl: null, // nothing is asked of anybody else
    });
} else {
    document.body.classList.add('plain');
}
