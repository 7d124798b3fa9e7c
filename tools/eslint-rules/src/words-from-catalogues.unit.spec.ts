import { tester } from '../test/rule-tester.js';
import { rules } from './index.js';

const jsx = (code: string) => ({ code, languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } });
const refused = (code: string, ...texts: readonly string[]) => ({
  ...jsx(code),
  errors: texts.map((text) => ({ messageId: 'text', data: { text } })),
});

tester.run('words-from-catalogues', rules['words-from-catalogues'], {
  valid: [
    jsx(`<p>{say('state.empty')}</p>`),
    jsx(`<p title={say('a.b')} className="wide">✓ {units} × 3</p>`),
    jsx(`<p><code>channels.write</code> <kbd>Ctrl</kbd> <code>{'npm start'}</code></p>`),
    jsx(`<input type="text" name="sku" placeholder="–" />`),
    jsx(`<Cell label="SKU">{units} ms</Cell>`),
    jsx('<a href={`/app/${sku}`}>{sku}</a>'),
    jsx(`<p>{isOpen ? say('a.open') : say('a.closed')}</p>`),
  ],
  invalid: [
    refused(`<p>Nothing here</p>`, 'Nothing here'),
    refused(`<p>{'Nothing here'}</p>`, 'Nothing here'),
    refused(`<p>Every SKU</p>`, 'Every SKU'),
    refused(`<button aria-label="Close">×</button>`, 'Close'),
    refused(`<input placeholder={'Search'} />`, 'Search'),
    refused(`<p>{isOpen ? 'open' : 'closed'}</p>`, 'open', 'closed'),
    refused(`<p>{count > 0 && 'some'}</p>`, 'some'),
    refused('<p>{`${units} units`}</p>', 'units'),
  ],
});
