import type { Pool } from 'pg';
import { inTransaction } from '@holdfast/kit';
import { ACCESS, ANALYSTS, VIEW_OWNER } from './access.js';
import { literal } from './view.js';

/**
 * Functions that Postgres lets every login call, also one that only reads: they take the locks by which the services of all tenants take turns,
 * and fill the disk with large objects and records of the log.
 */
const FUNCTIONS = '^(pg_(try_)?advisory_(xact_)?lock(_shared)?|lo_create|lo_creat|lo_from_bytea|pg_logical_emit_message)$';

const OPEN = `
  SELECT (SELECT string_agg(oid::regprocedure::text, ', ' ORDER BY oid) FROM pg_proc
           WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ ${literal(FUNCTIONS)}
             AND has_function_privilege(${literal(ANALYSTS)}, oid, 'EXECUTE')) AS functions,
         has_database_privilege(${literal(ANALYSTS)}, current_database(), 'TEMPORARY') AS temporary,
         quote_ident(current_database()) AS database,
         (SELECT string_agg(quote_ident(rolname), ', ' ORDER BY rolname) FROM pg_roles
           WHERE NOT rolsuper AND rolname !~ '^pg_' AND rolname NOT IN (${literal(ANALYSTS)}, ${literal(VIEW_OWNER)})
             AND NOT EXISTS (SELECT FROM ${ACCESS}.reader r WHERE r.role_name = rolname)) AS others,
         (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS permitted`;

interface Open {
  readonly functions: string | null;
  readonly temporary: boolean;
  readonly database: string;
  /** Roles that keep the rights, as the services or other programs may log in as them. */
  readonly others: string | null;
  readonly permitted: boolean;
}

/**
 * Called before a login is made. Takes from analysts, in this database, the rights by which one login can stop or fill the server. Postgres gives
 * them to all roles at once, so every other role gets them by name first.
 * @returns statements for a superuser to run, as the user of the database is none; empty where nothing is open any more
 */
export async function restrictAnalysts(pool: Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<Open>(OPEN);
  const [open] = rows;
  if (open === undefined) return [];
  const statements = statementsFor(open);
  if (!open.permitted || statements.length === 0) return statements;
  await inTransaction(pool, (client) => client.query(statements.join(';\n')));
  return [];
}

const statementsFor = ({ functions, temporary, database, others }: Open): readonly string[] =>
  [functions !== null && `EXECUTE ON FUNCTION ${functions}`, temporary && `TEMPORARY ON DATABASE ${database}`]
    .filter((right) => right !== false)
    .flatMap((right) => [...(others === null ? [] : [`GRANT ${right} TO ${others}`]), `REVOKE ${right} FROM PUBLIC`]);
