/** Attributes whose text people read or hear. */
const READ = new Set(['alt', 'aria-description', 'aria-label', 'aria-roledescription', 'aria-valuetext', 'label', 'placeholder', 'title']);
/** Elements whose text is the same in every language: codes, keys, examples of input. */
const LITERAL = new Set(['code', 'kbd', 'pre', 'samp', 'script', 'style']);

/** Names and units that every language writes alike. */
const SAME = /\b(ATP|Holdfast|SKU|ms)\b/g;

const hasWord = (text) => /\p{Letter}{2}/u.test(text.replace(SAME, ''));

/** Texts in an expression that is shown as it is: a string, a template, either side of a choice. */
function* textsOf(node) {
  if (node.type === 'Literal' && typeof node.value === 'string') yield { node, text: node.value };
  if (node.type === 'TemplateLiteral') for (const part of node.quasis) yield { node: part, text: part.value.raw };
  if (node.type === 'ConditionalExpression') yield* [...textsOf(node.consequent), ...textsOf(node.alternate)];
  if (node.type === 'LogicalExpression') yield* textsOf(node.right);
}

const isLiteral = (node) => node?.type === 'JSXElement' && LITERAL.has(node.openingElement.name.name);

/** What a screen says stands in the catalogues of words, so that it is said in every language. */
export const wordsFromCatalogues = {
  meta: {
    type: 'problem',
    docs: { description: 'Texts of screens come from the catalogues of words' },
    messages: { text: '“{{text}}” is shown in one language only. Add it to services/console/src/words and use say(id).' },
    schema: [],
  },
  create(context) {
    const report = ({ node, text }) => {
      if (hasWord(text)) context.report({ node, messageId: 'text', data: { text: text.trim() } });
    };
    return {
      JSXText(node) {
        if (!isLiteral(node.parent)) report({ node, text: node.value });
      },
      JSXExpressionContainer(node) {
        const inAttribute = node.parent.type === 'JSXAttribute';
        if (inAttribute ? !READ.has(node.parent.name.name) : isLiteral(node.parent)) return;
        for (const each of textsOf(node.expression)) report(each);
      },
      JSXAttribute({ name, value }) {
        if (READ.has(name.name) && value?.type === 'Literal') report({ node: value, text: String(value.value) });
      },
    };
  },
};
