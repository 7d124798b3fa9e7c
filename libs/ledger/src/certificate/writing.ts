import type { CertificatePart } from './certificate.js';

/**
 * A certificate as JSON text in pieces, each step on a line of its own: one object with the fields of the opening, `steps`, and the fields
 * of the conclusion. A text that was cut off is not valid JSON, so a client notices.
 */
export async function* certificateJson(parts: AsyncIterable<CertificatePart>): AsyncGenerator<string> {
  let separator = '';
  for await (const part of parts) {
    switch (part.kind) {
      case 'opening':
        yield `${JSON.stringify(part.opening).slice(0, -1)},"steps":[`;
        break;
      case 'steps':
        yield separator + part.steps.map((step) => `\n${JSON.stringify(step)}`).join(',');
        separator = ',';
        break;
      case 'conclusion':
        yield `\n],${JSON.stringify(part.conclusion).slice(1)}\n`;
        break;
      default:
        part satisfies never;
    }
  }
}
