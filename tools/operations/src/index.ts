export { fetchCertificate, writeCertificate } from './certify.js';
export { connect, runningDatabase } from './connect.js';
export { Progress } from './progress.js';
export { verify, type Verified } from './verify.js';
export { walk, type FoundViolation, type Walked } from './walk.js';
