import { domainEventSchemas } from '../schemas/domain-events.js';
import { TOPICS } from '../topics.js';
import { asyncApiDocument } from './asyncapi.js';
import { eventsPage } from './events-page.js';
import { payloadsOf } from './payloads.js';
import { topicsPage } from './topics-page.js';

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

function schemas(): object {
  const topics = Object.keys(TOPICS).flatMap((id) => payloadsOf(id as keyof typeof TOPICS));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Holdfast: data of events, and messages of topics',
    $defs: {
      ...Object.fromEntries(Object.values(domainEventSchemas).flatMap((schemas) => Object.entries(schemas))),
      ...Object.fromEntries(topics.map(({ name, about, schema }) => [name, { description: about, ...schema }])),
    },
  };
}

/** Every file of the generated reference by its name, as it should lie in `docs/reference`. */
export const renderReference = (): Readonly<Record<string, string>> => ({
  'events.md': eventsPage(),
  'topics.md': topicsPage(),
  'asyncapi.json': json(asyncApiDocument()),
  'schemas.json': json(schemas()),
});
