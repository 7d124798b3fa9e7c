import { run } from './run.js';
import { verify } from './verify.js';

await run(async (runtime, progress) => {
  const result = await verify(runtime, progress);
  return { result, isWell: result.violations === 0 && result.equal && result.setAside.live === 0 };
});
