import { readCommand, reserveCommand } from '../../app/commands.js';

export const TASKS = ['read', 'reserve', 'follow'] as const;
export type Task = (typeof TASKS)[number];
export const TOOLS = ['curl', 'client', 'graphql'] as const;
export type Tool = (typeof TOOLS)[number];

export interface Subject {
  /** Where this Holdfast answers. */
  readonly origin: string;
  /** One of the tenant's own, so that what is copied answers something. */
  readonly sku: string;
}

const AUTH = '-H "Authorization: Bearer $HOLDFAST_API_KEY"';

const curl = ({ origin, sku }: Subject): Readonly<Record<Task, string>> => ({
  read: readCommand(`${origin}/v1/inventory/${encodeURIComponent(sku)}/explain`),
  reserve: reserveCommand(origin, sku),
  follow: `curl -N ${AUTH} '${origin}/api/inventory/stream?sku=${encodeURIComponent(sku)}'`,
});

const client = ({ origin, sku }: Subject): Readonly<Record<Task, string>> => {
  const [name, begin] = [
    JSON.stringify(sku),
    [
      `import { Holdfast } from '@holdfast/client';`,
      '',
      `const holdfast = new Holdfast({ url: '${origin}', key: process.env.HOLDFAST_API_KEY });`,
    ],
  ];
  return {
    read: [...begin, `const { units, steps } = await holdfast.stockFigures.explain(${name});`].join('\n'),
    reserve: [
      ...begin,
      `const outcome = await holdfast.outcome(`,
      `  holdfast.reservations.reserve({ orderId: 'order-1001', items: [{ sku: ${name}, quantity: 1 }] }),`,
      `);`,
      `if (!outcome.ok) console.log(outcome.code, outcome.details);`,
    ].join('\n'),
    follow: [...begin, `for await (const { topic, event } of holdfast.stream({ sku: ${name} })) console.log(topic, event.data);`].join(
      '\n',
    ),
  };
};

const query = ({ origin }: Subject, text: string, more = ''): string =>
  [
    `curl -X POST ${AUTH} -H 'Content-Type: application/json'${more} '${origin}/graphql' \\`,
    `  -d '${JSON.stringify({ query: text })}'`,
  ].join('\n');

function graphql(task: Task, subject: Subject): string | undefined {
  const sku = JSON.stringify(subject.sku);
  switch (task) {
    case 'read':
      return query(subject, `{ inventoryItem(sku: ${sku}) { name totalAvailableQuantity levels { locationId availableQuantity } } }`);
    case 'follow':
      // Answered as server-sent events, each with the id that goes on after it.
      return query(
        subject,
        `subscription { channelAvailabilityChanged(sku: ${sku}) { sku channelId quantity } }`,
        ` -N -H 'Accept: text/event-stream'`,
      );
    case 'reserve':
      return undefined;
    default:
      return task satisfies never;
  }
}

/** How to do a task with a tool, ready to be copied; undefined where another tool is better for it. */
export function snippetOf(tool: Tool, task: Task, subject: Subject): string | undefined {
  switch (tool) {
    case 'curl':
      return curl(subject)[task];
    case 'client':
      return client(subject)[task];
    case 'graphql':
      return graphql(task, subject);
    default:
      return tool satisfies never;
  }
}

/** Topics of the bus that programs may read or write; what each carries stands in the catalogues of words. */
export const TOPICS = [
  ['inventory.atp.v1', 'developers.topic.atp'],
  ['inventory.channel-atp.v1', 'developers.topic.channelAtp'],
  ['inventory.stock-events.v1', 'developers.topic.events'],
  ['inventory.alerts.v1', 'developers.topic.alerts'],
  ['erp.stock.v1', 'developers.topic.erp'],
  ['erp.stock.dlq.v1', 'developers.topic.erpLetters'],
  ['erp.readings.v1', 'developers.topic.readings'],
  ['reservation.commands.v1', 'developers.topic.commands'],
  ['reservation.results.v1', 'developers.topic.results'],
  ['reservation.commands.dlq.v1', 'developers.topic.commandLetters'],
] as const;
