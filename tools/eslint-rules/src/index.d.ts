import type { Rule } from 'eslint';

type Name = 'guarded-routes' | 'import-circles' | 'module-boundaries' | 'pure-domain' | 'stream-registry' | 'words-from-catalogues';

export declare const rules: Readonly<Record<Name, Rule.RuleModule>>;
