import type { ClientBase } from 'pg';
import { DataSource } from 'typeorm';
import { ENTITIES } from '../entities/index.js';
import { checkedSchema } from '../schema-name.js';
import { readModelSchema } from '../schema.js';

/** Makes the schema and brings its tables to the newest version; for schemas that no service opens, such as a rebuild's. */
export async function migrateReadModel(connectionString: string, schema: string): Promise<void> {
  const { migrations } = readModelSchema(schema);
  const source = await new DataSource({
    type: 'postgres',
    url: connectionString,
    schema,
    entities: ENTITIES,
    migrations,
    migrationsTableName: 'migrations',
    extra: {
      max: 1,
      options: `-c search_path=${checkedSchema(schema)},public`,
      // A connection that breaks between two queries emits an error event, which would end the process without a listener.
      onConnect: (client: ClientBase) => client.on('error', () => undefined),
    },
  }).initialize();
  try {
    await source.query(`CREATE SCHEMA IF NOT EXISTS ${checkedSchema(schema)}`);
    await source.runMigrations({ transaction: 'each' });
  } finally {
    await source.destroy();
  }
}
