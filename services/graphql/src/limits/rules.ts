import {
  GraphQLError,
  Kind,
  type ASTNode,
  type ASTVisitor,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';
import { MAX_ALIASES, MAX_DEPTH, MAX_MUTATIONS } from './limits.js';

const refusal = (code: string, message: string, nodes: ASTNode): GraphQLError => new GraphQLError(message, { nodes, extensions: { code } });

/** Refuses an operation whose selections lie deeper than the limit. Introspection is not counted: its own rule bounds it. */
export function depthRule(context: ValidationContext): ASTVisitor {
  const depths = new Depths(context);
  return {
    OperationDefinition: (operation) => {
      if (depths.of(operation.selectionSet) > MAX_DEPTH)
        context.reportError(refusal('query_too_deep', `The operation is deeper than ${MAX_DEPTH} fields`, operation));
    },
  };
}

class Depths {
  /** Each fragment is looked at once, however often fragments spread it. One that contains itself is reported by another rule. */
  private readonly fragments = new Map<FragmentDefinitionNode, number>();

  constructor(private readonly context: ValidationContext) {}

  of(set: SelectionSetNode | undefined): number {
    return (set?.selections ?? []).reduce((deepest, selection) => Math.max(deepest, this.ofSelection(selection)), 0);
  }

  private ofSelection(selection: SelectionNode): number {
    if (selection.kind === Kind.FIELD) return selection.name.value.startsWith('__') ? 0 : 1 + this.of(selection.selectionSet);
    if (selection.kind === Kind.INLINE_FRAGMENT) return this.of(selection.selectionSet);
    const fragment = this.context.getFragment(selection.name.value);
    if (!fragment) return 0;
    const known = this.fragments.get(fragment);
    if (known !== undefined) return known;
    this.fragments.set(fragment, 0);
    const depth = this.of(fragment.selectionSet);
    this.fragments.set(fragment, depth);
    return depth;
  }
}

/** Refuses a document with more aliases than the limit: each may repeat an expensive field. */
export function aliasRule(context: ValidationContext): ASTVisitor {
  let aliases = 0;
  return {
    Field: (field) => {
      if (field.alias === undefined) return;
      aliases += 1;
      if (aliases === MAX_ALIASES + 1)
        context.reportError(refusal('too_many_aliases', `The document has more than ${MAX_ALIASES} aliases`, field));
    },
  };
}

/** Refuses an operation with more mutations than the limit. */
export const mutationsRule = (context: ValidationContext): ASTVisitor => ({
  OperationDefinition: (operation) => {
    if (operation.operation === 'mutation' && operation.selectionSet.selections.length > MAX_MUTATIONS)
      context.reportError(refusal('too_many_mutations', `An operation may hold ${MAX_MUTATIONS} mutations`, operation));
  },
});

/** Refuses questions about the schema, where the setting says so. */
export const noIntrospectionRule = (context: ValidationContext): ASTVisitor => ({
  Field: (field) => {
    const name = field.name.value;
    if (name === '__schema' || name === '__type')
      context.reportError(
        refusal('introspection_disabled', 'Introspection is switched off; the schema is docs/reference/schema.graphql', field),
      );
  },
});
