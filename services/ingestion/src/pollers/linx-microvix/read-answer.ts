import { ownTurn } from '@holdfast/kit';
import { SaxesParser } from 'saxes';

export type Cells = readonly string[];

/** An answer of the web service: names of columns, and rows that go by position. */
export type LinxAnswer =
  | { readonly kind: 'table'; readonly columns: Cells; readonly rows: readonly Cells[] }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'broken'; readonly says: string };

/** Characters that are read before others are served. */
const SLICE = 65_536;
const MAX_CELL_LENGTH = 2_000;

class Broken extends Error {}

/**
 * Reads the XML in slices. It has no document type, so no entities of its own: whatever declares some is refused before any is put in.
 * An answer that ends too early, is no XML or another document is broken.
 */
export async function readAnswer(body: Buffer): Promise<LinxAnswer> {
  const document = new AnswerReader();
  const text = decoded(body);
  try {
    for (let from = 0; from < text.length; from += SLICE) {
      document.write(text.slice(from, from + SLICE));
      if (from + SLICE < text.length) await ownTurn();
    }
    return document.end();
  } catch (error) {
    return { kind: 'broken', says: error instanceof Broken ? error.message : 'the answer is no XML, or ends too early' };
  }
}

/** In the encoding that the document declares, UTF-8 where it declares none that is known. */
function decoded(body: Buffer): string {
  const declared = /^<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(body.toString('latin1', 0, 200))?.[1];
  try {
    return new TextDecoder(declared ?? 'utf-8').decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}

class AnswerReader {
  private readonly parser = new SaxesParser();
  private readonly path: string[] = [];
  private readonly rows: Cells[] = [];
  private columns: Cells | undefined;
  private cells: string[] = [];
  private text = '';
  private success = '';
  private message = '';

  constructor() {
    this.parser.on('doctype', () => {
      throw new Broken('the answer declares a document type, which is never read');
    });
    this.parser.on('opentag', ({ name }) => {
      this.path.push(name);
      if (name === 'C' || name === 'R') this.cells = [];
      this.text = '';
    });
    this.parser.on('text', (text) => this.add(text));
    this.parser.on('cdata', (text) => this.add(text));
    this.parser.on('closetag', ({ name }) => {
      this.close(name);
      this.path.pop();
    });
    this.parser.on('error', (error) => {
      throw error;
    });
  }

  write(slice: string): void {
    this.parser.write(slice);
  }

  end(): LinxAnswer {
    this.parser.close();
    if (this.success.toLowerCase() === 'false') return { kind: 'refused', message: this.message };
    if (this.success.toLowerCase() !== 'true') return { kind: 'broken', says: 'the answer does not say whether it is a success' };
    return { kind: 'table', columns: this.columns ?? [], rows: this.rows };
  }

  private add(text: string): void {
    this.text += text;
    if (this.text.length > MAX_CELL_LENGTH) throw new Broken('a value of the answer is too long');
  }

  private close(name: string): void {
    const text = this.text.trim();
    if (name === 'D') this.cells.push(text);
    else if (name === 'R') this.rows.push(this.cells);
    else if (name === 'C') this.columns = this.cells.map((column) => column.toLowerCase());
    else if (name === 'ResponseSuccess') this.success = text;
    else if (name === 'Message' && this.path.includes('ResponseError')) this.message = text;
    this.text = '';
  }
}
