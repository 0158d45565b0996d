// Conversations from files: chosen, or dropped on the side bar.

export class Importer {
    #onFiles;
    #depth = 0; // of the elements that a file is dragged over

    // `onFiles(files)`
    constructor({ button, input, target }, onFiles) {
        this.#onFiles = (files) => onFiles([...files]);
        button.addEventListener('click', () => input.click());
        input.addEventListener('change', () => {
            this.#onFiles(input.files);
            input.value = ''; // the same file may be chosen again
        });
        const over = (by) => {
            this.#depth = Math.max(0, this.#depth + by);
            target.classList.toggle('drop', this.#depth > 0);
        };
        target.addEventListener('dragenter', (event) => hasFiles(event) && over(1));
        target.addEventListener('dragleave', (event) => hasFiles(event) && over(-1));
        target.addEventListener('drop', (event) => {
            over(-this.#depth);
            if (hasFiles(event))
                this.#onFiles(event.dataTransfer.files);
        });
        // A file that misses the side bar would replace the page.
        for (const name of ['dragover', 'drop']) {
            document.addEventListener(name, (event) => {
                if (!hasFiles(event))
                    return;
                event.preventDefault();
                if (!target.contains(event.target))
                    event.dataTransfer.dropEffect = 'none';
            });
        }
    }
}

function hasFiles(event) {
    return event.dataTransfer?.types.includes('Files') === true;
}
