export declare const MAY_IMPORT: Readonly<Record<string, readonly string[]>>;
export declare const TESTS_MAY_IMPORT: Readonly<Record<string, readonly string[]>>;
