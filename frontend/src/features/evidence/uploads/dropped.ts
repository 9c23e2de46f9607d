const readAll = (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> => new Promise((resolve, reject) => {
  const found: FileSystemEntry[] = [];
  const more = (): void => reader.readEntries((entries) => {
    if (entries.length === 0) resolve(found);
    else {
      found.push(...entries); // a browser gives a hundred at a time
      more();
    }
  }, reject);
  more();
});

const fileOf = (entry: FileSystemFileEntry): Promise<File> => new Promise((resolve, reject) => entry.file(resolve, reject));

async function filesIn(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) return [await fileOf(entry as FileSystemFileEntry)];
  const files: File[] = [];
  for (const each of await readAll((entry as FileSystemDirectoryEntry).createReader())) files.push(...await filesIn(each));
  return files;
}

/** The files that were dropped, those of folders too, however deep. */
export async function filesOf(data: DataTransfer): Promise<File[]> {
  // The entries are asked for at once: the list of what was dropped is empty after the first wait.
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return [...data.files];
  const files: File[] = [];
  for (const entry of entries) files.push(...await filesIn(entry));
  return files;
}

export const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
