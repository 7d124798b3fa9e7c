import { SaxesParser } from 'saxes';

export interface LinxRequest {
  readonly user: string;
  readonly password: string;
  readonly portal: string;
  readonly command: string;
  /** By the parameter's id; those that are the literal NULL are left out. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** Reads the request of the web service; undefined where the body is none. */
export function linxRequest(body: string): LinxRequest | undefined {
  const texts = new Map<string, string>();
  const parameters = new Map<string, string>();
  let authentication: Readonly<Record<string, string>> = {};
  let id = '';
  let text = '';
  let root = '';
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    if (root === '') root = name;
    if (name === 'Authentication') authentication = attributes;
    if (name === 'Parameter') id = attributes['id'] ?? '';
    text = '';
  });
  parser.on('text', (part) => {
    text += part;
  });
  parser.on('closetag', ({ name }) => {
    if (name !== 'Parameter') texts.set(name, text);
    else if (text !== 'NULL') parameters.set(id, text);
    text = '';
  });
  parser.on('error', (error) => {
    throw error;
  });
  try {
    parser.write(body).close();
  } catch {
    return undefined;
  }
  if (root !== 'LinxMicrovix') return undefined;
  const { user = '', password = '' } = authentication;
  return { user, password, portal: texts.get('IdPortal') ?? '', command: texts.get('Name') ?? '', parameters };
}
