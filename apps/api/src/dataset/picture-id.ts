import { isId } from '@thaw/db';

/** A picture belongs to one version and has a fixed place in it: "<version id>.<position>". */
export const pictureId = ({ versionId, position }: { versionId: string; position: number }) => `${versionId}.${position}`;

/** null when it cannot be the id of a picture */
export function parsePictureId(id: string): { versionId: string; position: number } | null {
  const [versionId = '', position = ''] = id.split('.');
  return isId(versionId) && /^\d{1,9}$/.test(position) ? { versionId, position: Number(position) } : null;
}
