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
  if (!result.swapped) progress.say('The live tables stay: the rebuilt ones set aside streams that the live ones show.');
  if (result.setAside.rebuilt > 0) progress.say(`${result.setAside.rebuilt} streams have an event that cannot be projected.`);
  return { result: { ...result, position: position.toString() }, isWell: result.swapped };
});
