import { httpLoad, type HttpLoad } from './http-load.js';

process.stdout.write(JSON.stringify(await httpLoad(JSON.parse(process.argv[2] ?? '{}') as HttpLoad)));
