import { READ_MODEL, migrateReadModel, rebuild } from '@holdfast/read-model';
import { shareOf } from './progress.js';
import { run } from './run.js';

await run(async ({ database, eventStore }, progress) => {
  await migrateReadModel(database.connectionString, READ_MODEL);
  const { position, ...result } = await rebuild({
    connectionString: database.connectionString,
    pool: database.pool,
    eventStore,
    swap: true,
    onProgress: (at) => progress.show(at.phase.replace('_', ' '), shareOf(at.position, at.target), `${at.events} events`),
  });
  progress.end();
  if (!result.equal) progress.say(`The old tables differed from the events; ${result.corrected} rows are published anew.`);
  return { result: { ...result, position: position.toString() }, isWell: result.swapped };
});
