import { NoticeChannel } from '../../schemas/enums.ts';
import { Registry } from '../../schemas/registry.ts';

/** What speaks to the system: a registry, the gateway of a channel, a service that relies on accounts. */
export const accessKinds = ['registry', 'channel', 'service'] as const;
type AccessKind = (typeof accessKinds)[number];

/** Somebody with credentials of their own, and the public nkeys that are theirs. */
export type AdmittedParty = {
  /** As its subjects name it, `TAX`. */
  readonly party: string;
  readonly kind: AccessKind;
  /** Public nkeys (`U…`); two while one takes the place of the other. */
  readonly keys: readonly string[];
};

/** What a party is, by its name: whoever is neither asked as a registry nor delivers notices relies on accounts. */
export function kindOf(party: string): AccessKind {
  if (Registry.safeParse(party).success) return 'registry';
  return NoticeChannel.safeParse(party).success ? 'channel' : 'service';
}

/** One token of a subject: no dot, no wildcard, nothing that a configuration file reads otherwise. */
export const isPartyName = (text: string): boolean => /^[A-Z0-9][A-Z0-9_-]{0,39}$/.test(text);

/** A public nkey of a user, in its base32; whether its checksum holds the server says. */
export const isPublicKey = (text: string): boolean => /^U[A-Z2-7]{55}$/.test(text);

/**
 * The inboxes of a party: replies reach it there and nobody else. A client has to be told, since its default is `_INBOX`
 * (`inboxPrefix` in JavaScript, `inbox_prefix` in Python).
 */
export const inboxPrefixOf = (party: string): string => `_INBOX_${party}`;
