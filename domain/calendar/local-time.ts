const format = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
});

/** Day, month, year and time in Viet Nam of an ISO instant, `02/04/2025 08:30:00`. */
export const inVietnam = (instant: string): string => format.format(new Date(instant)).replace(',', '');
