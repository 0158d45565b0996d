// nginx/nginx.conf is made for a container; this makes it fit for this machine, for the check of exercise 1.7 and for workshop/nginx.

import { existsSync } from 'node:fs';

// Where nginx is, or null. Debian's is not in the PATH of everybody.
export const nginxBinary = () => process.env.RUNNEL_NGINX
    ? [process.env.RUNNEL_NGINX].find((path) => existsSync(path)) ?? null
    : ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx', '/opt/homebrew/bin/nginx'].find((path) => existsSync(path)) ?? null;

export const noNginx = 'There is no nginx. Install it: apt-get install nginx-light';

// The configuration with another place where it listens, writes, reads and asks; all else is as it was. `upstream` is a URL, `page`
// a folder, and `folder` where it may write.
export function fitted(configuration, { port, upstream, folder, page, accessLog = `${folder}/access.log` }) {
    return configuration
        .replace(/worker_rlimit_nofile\s+\d+;/, '') // a machine may allow less, and a person needs less
        .replace(/worker_connections\s+\d+/, 'worker_connections 400')
        .replace(/listen\s+8080\b/, `listen 127.0.0.1:${port}`)
        .replace(/\bapi:8000\b/, new URL(upstream).host)
        .replace(/ \/tmp\//g, ` ${folder}/`)
        .replace(/\/dev\/stdout/, accessLog)
        .replace(/\/usr\/share\/runnel\/frontend/, page); // last: the learner's tree may lie in /tmp
}

// What nginx is called with, to stay in the foreground. As root it would give its workers to a user who cannot read a folder of root's.
export const nginxArguments = (folder, file) =>
    ['-e', 'stderr', '-p', folder, '-c', file, '-g', `daemon off; ${process.getuid() === 0 ? 'user root;' : ''}`];

// Whether nginx serves there, whatever becomes of the server behind it.
export const nginxServes = (port, limit) =>
    fetch(`http://127.0.0.1:${port}/nginx-health`, { signal: AbortSignal.timeout(limit) }).then((answer) => answer.ok, () => false);
