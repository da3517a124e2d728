// STAND-IN: the owner of domain/calendar replaces this file.
export const dueDate = (_calendar: unknown, { receivedAt, limit }: { receivedAt: number; limit: { amount: number; unit: string } }) => {
  const dueAt = receivedAt + (limit.unit === 'milliseconds' ? limit.amount : limit.amount * 86_400_000);
  return { dueAt, dueOn: new Date(dueAt).toISOString().slice(0, 10) };
};
