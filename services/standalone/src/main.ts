import { createLogger, loadConfig } from '@holdfast/platform';
import { explainFailedStart, onStopSignal } from '@holdfast/runtime';
import { startStandalone } from './standalone.js';

try {
  const config = loadConfig(process.env);
  const logger = createLogger(config, 'standalone');
  const holdfast = await startStandalone(config, logger);
  onStopSignal(logger, () => holdfast.stop());
  process.stdout.write(
    [
      '',
      `Holdfast is ready: ${holdfast.url}`,
      ...(holdfast.signInUrl === undefined ? [] : [`  console       ${holdfast.signInUrl} (signs in once, within two minutes)`]),
      `  key           ${holdfast.key}`,
      `  try it        ${holdfast.url}/docs`,
      ...(holdfast.demo === undefined ? [] : [`  demo channel  ${holdfast.demo.receiver.url}`]),
      '',
      '',
    ].join('\n'),
  );
} catch (error) {
  explainFailedStart(error);
}
