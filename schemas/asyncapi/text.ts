/** What holds for every message, in CommonMark. */
export const contractText = `What a registry, or the gateway of a notification channel, is asked and what it answers. Operations are those of the adapter.

**Envelope.** Every message is a CloudEvent 1.0 in structured JSON mode; what it means is in \`data\`.

**Versions.** The number in \`type\` (\`….v1\`) and in \`data.schema\` (\`…/1\`) is the major version. Within it attributes, fields and members of
\`data.fields\` may be added and are never taken away or given another meaning: ignore what you do not know, and do not rely on what is optional. A message of a major
version that you do not know is not for you. Before a new major version both are spoken for a time.

**Once.** Delivery is at least once. The same question comes again as a further attempt (\`data.attempt\`) with the same \`data.id\`: answer each attempt, and give
the same answer under the same id. The same answer, or the same change, sent again is taken once.

**Nothing is guessed.** \`NOT_FOUND\` says that the registry looked and has no such record. What cannot be said now is \`UNAVAILABLE\`, what will not be said is \`REFUSED\`.

**Times** are UTC with a \`Z\`. **Details** say nothing of persons.`;
