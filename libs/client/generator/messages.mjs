/** Topics whose messages the live stream tells. */
const STREAMED = ['inventory.atp.v1', 'inventory.channel-atp.v1'];

/** That an object may have further members is not said: as a type it would hide misspelt names. */
function without(value) {
  if (Array.isArray(value)) return value.map(without);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, each]) => !(key === 'additionalProperties' && each === true))
      .map(([key, each]) => [key, without(each)]),
  );
}

/** The messages of the streamed topics as schemas of an OpenAPI document, by their topics. */
export function messagesOf({ channels, components }) {
  const schemas = STREAMED.map((topic) => {
    const channel = Object.values(channels).find(({ address }) => address === topic);
    const [name] = Object.keys(channel.messages);
    return [topic, without(components.messages[name].payload)];
  });
  return {
    openapi: '3.1.0',
    info: { title: 'Streamed messages', version: '1' },
    paths: {},
    components: { schemas: Object.fromEntries(schemas) },
  };
}
