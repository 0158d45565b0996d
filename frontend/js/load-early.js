// A plain script, since it speaks when the modules did not come: a network that changes while the page loads takes a
// file with it, and a page that says "Connecting" for ever would be all that is seen.
addEventListener('error', ({ target }) => {
    if (!(target instanceof HTMLScriptElement))
        return;
    const say = () => {
        const words = document.createElement('p');
        words.textContent = 'A part of this page did not load.';
        const again = document.createElement('button');
        again.type = 'button';
        again.className = 'text-button';
        again.textContent = 'Reload';
        again.addEventListener('click', () => location.reload());
        const strip = document.getElementById('strip');
        strip.replaceChildren(words, again);
        strip.hidden = false;
        document.querySelector('#state .word').textContent = 'Not loaded';
    };
    if (document.readyState === 'loading')
        document.addEventListener('DOMContentLoaded', say);
    else
        say();
}, true);
