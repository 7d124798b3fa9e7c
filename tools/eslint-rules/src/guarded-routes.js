const ROUTES = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options', 'All', 'Search', 'Sse']);
const GUARDS = new Set(['Needs', 'NeedsCaller', 'Public']);

const nameOf = ({ expression }) => {
  const callee = expression.type === 'CallExpression' ? expression.callee : expression;
  return callee.type === 'Identifier' ? callee.name : undefined;
};

/** Every route of a controller says who may call it: @Needs(…), @NeedsCaller() or @Public(). */
export const guardedRoutes = {
  meta: {
    type: 'problem',
    docs: { description: 'Every route carries exactly one of @Needs, @NeedsCaller and @Public' },
    messages: {
      unguarded:
        'Route {{name}} says nothing of who may call it. Add @Needs(permission), @NeedsCaller() where it calls other routes for its caller, or @Public() where anybody may.',
      both: 'Route {{name}} carries several of @Needs, @NeedsCaller and @Public; keep one.',
    },
    schema: [],
  },
  create: (context) => ({
    MethodDefinition(node) {
      const names = (node.decorators ?? []).map(nameOf);
      if (!names.some((name) => ROUTES.has(name))) return;
      const guards = names.filter((name) => GUARDS.has(name));
      const data = { name: context.sourceCode.getText(node.key) };
      if (guards.length === 0) context.report({ node: node.key, messageId: 'unguarded', data });
      if (guards.length > 1) context.report({ node: node.key, messageId: 'both', data });
    },
  }),
};
