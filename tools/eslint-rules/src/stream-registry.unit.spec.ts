import { tester } from '../test/rule-tester.js';
import { rules } from './index.js';

tester.run('stream-registry', rules['stream-registry'], {
  valid: [
    `const filter = { types: STREAMS.stock.storedTypes(['ReservationPlaced']) };`,
    `const topic = 'inventory.atp.v1'; const message = \`holdfast.erp.\${type}.v1\`;`,
    `const key = \`order-\${id}\`;`,
    `const name = /^[a-z]+$/;`,
  ],
  invalid: [
    { code: `const filter = { types: ['ReservationPlaced.v1'] };`, errors: [{ messageId: 'version' }] },
    { code: `const types = names.map((name) => \`\${name}.v1\`);`, errors: [{ messageId: 'version' }] },
    { code: `const type = name + '.v2';`, errors: [{ messageId: 'version' }] },
    { code: `const name = type.replace(/\\.v\\d+$/, '');`, errors: [{ messageId: 'version' }] },
    { code: `const name = type.replace(/\\.v1$/, '');`, errors: [{ messageId: 'version' }] },
    { code: `const prefix = 'stock-';`, errors: [{ messageId: 'stream' }] },
    { code: `const stream = \`stock-\${tenant}.\${sku}\`;`, errors: [{ messageId: 'stream' }] },
    { code: `const stream = \`stock-acme.\${sku}\`;`, errors: [{ messageId: 'stream' }] },
    { code: `const stream = \`channels-\${tenant}\`;`, errors: [{ messageId: 'stream' }] },
  ],
});
