import { RuleTester } from 'eslint';
import { parser } from 'typescript-eslint';

RuleTester.describe = describe;
RuleTester.it = it;

/** Checks a rule against TypeScript as the repository writes it. */
export const tester = new RuleTester({ languageOptions: { parser, ecmaVersion: 2023, sourceType: 'module' } });
