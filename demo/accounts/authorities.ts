import type { LockOrderForm } from '../../schemas/lock-order.ts';

/** Invented bodies that may ask for a lock. */
export const authorities = {
  investigators: {
    kind: 'PROCEEDING_AGENCY',
    contact: { id: 'authority-investigators', name: 'Cơ quan Cảnh sát điều tra (trình diễn)' },
  },
  inspectors: {
    kind: 'COMPETENT_AUTHORITY',
    contact: { id: 'authority-inspectors', name: 'Thanh tra tỉnh (trình diễn)' },
  },
} as const satisfies Record<string, NonNullable<LockOrderForm['authority']>>;
