/** What the API tells its replicas about; the payload of a notice is the id of the row. */
export const topics = ['runQueued', 'runChanged', 'trainerCommanded', 'metricsAppended', 'logAppended', 'backboneChanged', 'blobsReleased'] as const;
export type Topic = (typeof topics)[number];

/** All topics share one Postgres channel: "<topic> <id>". */
export const channel = 'thaw';

export interface Notice {
  topic: Topic;
  id: string;
}

export function parseNotice(payload: string): Notice | null {
  const [topic, id] = payload.split(' ');
  return id && topics.includes(topic as Topic) ? { topic: topic as Topic, id } : null;
}
