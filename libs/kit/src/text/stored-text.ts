/**
 * What is wrong with a text that is to be stored or searched for; undefined where nothing is. JSON can carry the NUL character and halves of
 * surrogate pairs, Postgres and UTF-8 cannot.
 */
export function textFault(text: string): string | undefined {
  if (text.includes('\0')) return 'must not hold the character NUL (U+0000)';
  // In Unicode mode a pair is one character, so this finds halves alone.
  return /\p{Surrogate}/u.test(text) ? 'must not hold half of a surrogate pair (U+D800 to U+DFFF)' : undefined;
}

/** A text as it is stored: without blanks around it, and composed (NFC), so that what looks the same is the same. */
export const storedText = (text: string): string => text.trim().normalize('NFC');

interface Place {
  readonly value: unknown;
  readonly name: string;
  readonly parent?: Place;
}

interface TextFault {
  readonly field: string;
  readonly message: string;
}

/** What is wrong with the first text within a JSON value that could not be stored, names of fields included; undefined where nothing is. */
export function textFaultIn(json: unknown): TextFault | undefined {
  const steps = findTextFault(json);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same in steps of one value each, for `inSlices`. */
export function* findTextFault(json: unknown): Generator<undefined, TextFault | undefined> {
  const open: Place[] = [{ value: json, name: '' }];
  // No recursion: the sender of the value chooses its depth.
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { value, name } = place;
    const message = textFault(name) ?? (typeof value === 'string' ? textFault(value) : undefined);
    if (message !== undefined) return { field: pathOf(place), message };
    yield;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, part] of Object.entries(value)) open.push({ value: part, name: key, parent: place });
  }
  return undefined;
}

function pathOf(place: Place): string {
  const steps: string[] = [];
  for (let at = place; at.parent !== undefined; at = at.parent)
    steps.unshift(Array.isArray(at.parent.value) ? `[${at.name}]` : at.parent.parent === undefined ? at.name : `.${at.name}`);
  return steps.join('');
}
