/**
 * The roles of the database. None logs in: a login is a member of one.
 *
 * - `orgeid_migrator` owns the schema: it makes tables and removes parts of the access history.
 * - `orgeid_writer`: workers and API.
 * - `orgeid_reader`: how much work lies where and how registries do, without what dossiers say.
 * - `orgeid_auditor`: everything, to read; and to record that it was read.
 */
export const roles = ['orgeid_migrator', 'orgeid_writer', 'orgeid_reader', 'orgeid_auditor'] as const;
export type Role = (typeof roles)[number];

/** Those that get rights, table by table; the migrator has all, as the owner. */
export type GrantedRole = Exclude<Role, 'orgeid_migrator'>;
export const grantedRoles: readonly GrantedRole[] = ['orgeid_writer', 'orgeid_reader', 'orgeid_auditor'];
