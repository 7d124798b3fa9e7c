import fastify from 'fastify';
import { SqlShop } from '../surroundings/sql-shop.js';

interface Wish {
  readonly sku: number;
  readonly location: number;
  readonly units: number;
}

const SCHEMA = {
  type: 'object',
  required: ['sku', 'location', 'units'],
  properties: { sku: { type: 'integer' }, location: { type: 'integer' }, units: { type: 'integer', minimum: 1 } },
};

const shop = await SqlShop.open(process.env['DATABASE_URL'] ?? '');
const app = fastify();
app.post<{ Body: Wish }>('/reserve', { schema: { body: SCHEMA } }, async ({ body: { sku, location, units } }, reply) => {
  const taken = await shop.take(sku, location, units);
  return reply.code(taken ? 201 : 409).send({ taken });
});
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
process.stdout.write('the SQL shop is ready\n');

process.once('SIGTERM', () => {
  void app
    .close()
    .then(() => shop.close())
    .then(() => process.exit(0));
});
