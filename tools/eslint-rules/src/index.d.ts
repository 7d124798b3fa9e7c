import type { Rule } from 'eslint';

export declare const rules: Readonly<Record<'guarded-routes' | 'import-circles' | 'module-boundaries' | 'pure-domain', Rule.RuleModule>>;
