import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { transformSync } from '@swc/core';

const require = createRequire(import.meta.url);
const PARAMETERS = ['exports', 'require', 'describe', 'it', 'expect'];

/** TypeScript files as functions, translated once. */
export class Modules {
  #functions = new Map();

  /** @returns a way to load files: each once, with what it loads, and none of what was loaded before */
  fresh(globals) {
    const loaded = new Map();
    const load = (path) => {
      const known = loaded.get(path);
      if (known !== undefined) return known;
      const exports = {};
      loaded.set(path, exports);
      const find = (name) => (name.startsWith('.') ? load(join(dirname(path), name).replace(/\.js$/, '.ts')) : require(name));
      this.#functionOf(path)(exports, find, globals.describe, globals.it, globals.expect);
      return exports;
    };
    return load;
  }

  #functionOf(path) {
    let made = this.#functions.get(path);
    if (made === undefined) {
      const { code } = transformSync(readFileSync(path, 'utf8'), {
        filename: path,
        swcrc: false,
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
        sourceMaps: false,
      });
      made = new Function(...PARAMETERS, code);
      this.#functions.set(path, made);
    }
    return made;
  }
}
