const clockFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 });
const dayFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** "14:02:11.042", in the viewer's time zone */
export const clock = (at: string): string => clockFormat.format(new Date(at));

/** "14:02:11" today, "2026-03-05 14:02:11" on another day */
export function dateAndTime(at: string): string {
  const time = new Date(at);
  const [day, today] = [time, new Date()].map((date) => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`);
  return day === today ? dayFormat.format(time) : `${day} ${dayFormat.format(time)}`;
}
