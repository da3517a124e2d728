import { z } from 'zod';
// STAND-IN: the owner of domain/calendar replaces this file.
export const WorkingCalendar = z.any();
export type WorkingCalendar = { readonly version: string };
