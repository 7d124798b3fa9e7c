/** `StockMoved.v1`, `.v1` at the end of a template, `\.v\d+` in a pattern: a version that does not come from the registry. */
const STORED_TYPE = /^[A-Z][A-Za-z]+\.v\d+$/;
const VERSION_SUFFIX = /^\.v\d+$/;
const VERSION_PATTERN = /\\\.v(\\d|\d|\[)/;
const STREAM_PREFIX = /^(stock|order|transfer|locations|channels)-$/;
/** Of a template, its expressions as `*`. */
const STREAM_NAME = /^((stock|order|transfer)-[^.]+\.|(locations|channels)-\*$)/;

/** Names of streams and versions of stored events come from STREAMS of @holdfast/contracts, so that a second version reaches every reader. */
export const streamRegistry = {
  meta: {
    type: 'problem',
    docs: { description: 'Stored types and names of streams are taken from the registry of stream families' },
    messages: {
      version:
        'Take the stored type from STREAMS of @holdfast/contracts (storedTypes, encode, decode): a second version would be missed here.',
      stream: 'Take the name of the stream from STREAMS of @holdfast/contracts (prefix, streamOf, idOf, holds).',
    },
    schema: [],
  },
  create(context) {
    return {
      Literal(node) {
        if (node.regex !== undefined && VERSION_PATTERN.test(node.regex.pattern)) context.report({ node, messageId: 'version' });
        if (typeof node.value !== 'string') return;
        if (STORED_TYPE.test(node.value) || VERSION_SUFFIX.test(node.value)) context.report({ node, messageId: 'version' });
        if (STREAM_PREFIX.test(node.value)) context.report({ node, messageId: 'stream' });
      },
      TemplateLiteral(node) {
        const texts = node.quasis.map(({ value }) => value.cooked);
        if (texts.length < 2) return;
        if (VERSION_SUFFIX.test(texts.at(-1)) && texts[0] === '') context.report({ node, messageId: 'version' });
        if (STREAM_NAME.test(texts.join('*'))) context.report({ node, messageId: 'stream' });
      },
    };
  },
};
