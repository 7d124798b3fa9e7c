import { isRecord } from '@holdfast/platform';
import type { Json } from './json.js';

/** What a REST route refused, in the shape of its answer. */
export class Refused extends Error {
  private constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: readonly Json[],
  ) {
    super(message);
    this.name = 'Refused';
  }

  static of(status: number, body: unknown): Refused {
    const { error, message, code, details } = isRecord(body) ? body : {};
    const said = typeof message === 'string' ? message : error;
    const listed = Array.isArray(details) ? details.filter(isRecord) : [];
    return new Refused(status, String(code ?? 'internal_error'), String(said ?? 'Something went wrong on our side'), listed);
  }

  /** Whether a change of the input, or of what it is about, mends it. */
  get isAboutInput(): boolean {
    return this.status === 400 || this.status === 404 || this.status === 409 || this.status === 422;
  }
}
