import { GraphQLError, parse, specifiedRules, validate, type DocumentNode, type GraphQLSchema, type ValidationRule } from 'graphql';
import { MAX_TOKENS } from '../limits/limits.js';
import { OperationRefused } from './operation-refused.js';

/** An operation that comes again is neither parsed nor checked again. */
const DOCUMENTS_KEPT = 256;
/** A longer one is checked each time. */
const LONGEST_KEPT = 16_384;

/** Parses and checks documents, and keeps those that were right. */
export class CheckedDocuments {
  private readonly kept = new Map<string, DocumentNode>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly rules: readonly ValidationRule[],
  ) {}

  /** @throws OperationRefused with every fault */
  read(query: string): DocumentNode {
    const known = this.kept.get(query);
    if (known !== undefined) return known;
    const document = parsed(query);
    const errors = validate(this.schema, document, [...specifiedRules, ...this.rules]);
    if (errors.length > 0) throw new OperationRefused(errors);
    if (query.length <= LONGEST_KEPT) this.keep(query, document);
    return document;
  }

  private keep(query: string, document: DocumentNode): void {
    this.kept.set(query, document);
    const [oldest] = this.kept.keys();
    if (this.kept.size > DOCUMENTS_KEPT && oldest !== undefined) this.kept.delete(oldest);
  }
}

function parsed(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: MAX_TOKENS });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const isTooLong = error.message.includes(`more than ${MAX_TOKENS} tokens`) || error.message.includes(`more that ${MAX_TOKENS} tokens`);
    throw OperationRefused.because(isTooLong ? 'query_too_long' : 'graphql_syntax_error', error.message, error);
  }
}
