import { domainEventSchemas } from '../schemas/domain-events.js';
import { STREAMS, type StreamFamilyName } from '../streams/families.js';
import { EVENTS_IN_WORDS, FAMILIES_IN_WORDS } from './events-in-words.js';
import { GENERATED, fieldTable } from './markdown.js';

const INTRODUCTION = `# Events

Everything that Holdfast knows is folded from these events. The name with its version is the storage format: what a version means never
changes; a new version comes with an upcast from the old one. Quantities are whole units, times epoch milliseconds. A later minor
version may add fields, so bear with those that you do not know.

The same events are published on \`inventory.stock-events.v1\`, see [topics](topics.md). JSON Schema of each: [schemas.json](schemas.json).`;

function familySection(family: StreamFamilyName): string {
  const { title, stream, about } = FAMILIES_IN_WORDS[family];
  const events = Object.entries(domainEventSchemas[family]).map(
    ([type, schema]) => `### ${type}\n\n${EVENTS_IN_WORDS[STREAMS[family].nameOf(type)]}\n\n${fieldTable(schema)}`,
  );
  return [`## ${title}`, `Stream \`${stream}\`. ${about}`, ...events].join('\n\n');
}

export const eventsPage = (): string =>
  [GENERATED, INTRODUCTION, ...Object.keys(FAMILIES_IN_WORDS).map((family) => familySection(family as StreamFamilyName))].join('\n\n') +
  '\n';
