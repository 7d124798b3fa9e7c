const LAST_LINES = 60;
const BLOCKS = 10;
const BLOCK_LINES = 80;

const BLOCK_BEGINS = /^ {2}● /;
const BLOCK_ENDS = /^(PASS|FAIL|Tests:|Test Suites:|Summary of all failing tests)/;

/**
 * Reads the output of a step line by line and keeps what explains its failure: the blocks of failing tests as jest prints them, each once,
 * the first ones whole; and the last lines, of jest those from its summary on.
 */
export class Failures {
  #blocks = [];
  #known = new Set();
  #block;
  #inFailedFile = false;
  #last = [];

  add(line) {
    // What follows the last summary of jest stays; what is above it are results of single files.
    if (line.startsWith('Test Suites:')) this.#last = [];
    this.#last.push(line);
    if (this.#last.length > LAST_LINES) this.#last.shift();
    if (BLOCK_ENDS.test(line)) {
      this.#close();
      this.#inFailedFile = line.startsWith('FAIL');
    } else if (BLOCK_BEGINS.test(line)) {
      this.#close();
      // Jest prints what a spec logged as a block too, also of a file that passed.
      if (this.#inFailedFile && !line.includes('● Console')) this.#block = [line];
    } else {
      this.#block?.push(line);
    }
  }

  /** @returns the messages of the first failing tests, or, where the output has none, its last lines */
  lines() {
    this.#close();
    if (this.#blocks.length === 0) return this.#last;
    const more = this.#blocks.length - BLOCKS;
    return [
      ...this.#blocks.slice(0, BLOCKS).flatMap(shortened),
      ...(more > 0 ? [`  … and ${more} failing tests more: their messages are above`, ''] : []),
      ...this.#last,
    ];
  }

  /** Of many files jest prints every block a second time at the end. */
  #close() {
    const text = this.#block?.join('\n').trimEnd();
    if (text !== undefined && !this.#known.has(text)) {
      this.#known.add(text);
      this.#blocks.push(text.split('\n'));
    }
    this.#block = undefined;
  }
}

function shortened(block) {
  const left = block.length - BLOCK_LINES;
  return left > 0 ? [...block.slice(0, BLOCK_LINES), `    … and ${left} lines more`, ''] : [...block, ''];
}
