import type { GrantedRole } from './roles.ts';

const everybody: readonly GrantedRole[] = ['orgeid_writer', 'orgeid_reader', 'orgeid_auditor'];
const evidence: readonly GrantedRole[] = ['orgeid_writer', 'orgeid_auditor'];
const writing: readonly GrantedRole[] = ['orgeid_writer'];
const owner: readonly GrantedRole[] = [];

/** Who may call each function of schema `orgeid`, of whatever arguments, beside its owner. Triggers need no right to be called. */
export const functions: Readonly<Record<string, readonly GrantedRole[]>> = {
  instant_us: everybody,
  chain_hash: evidence,
  ahead: evidence,
  places: evidence,
  lane_of: evidence,
  access_parts: evidence,
  record_access: evidence,
  append: writing,
  put_case: writing,
  put_tasks: writing,
  put_in_inbox: writing,
  put_terms: writing,
  offer_next: writing,
  open_access_part: owner,
  open_access_writer: owner,
  prune_access: owner,
  keep_former_key: owner,
  keep_officer: owner,
  place_event: owner,
  refuse_chain: owner,
  refuse_change: owner,
  refuse_place: owner,
};

/** Who may take the next value of each sequence; nobody but the owner sets one. Those of identity columns need no right. */
export const sequences: Readonly<Record<string, readonly GrantedRole[]>> = {
  identification_number: writing,
  migrations_id_seq: owner,
};
