// Help pages about the work: the tour, classes, batch and review, files.

export const tour = {
  title: 'Five-minute tour',
  lead: 'With the sample, on this computer. Each step has a button that goes there.',
  sections: {
    type: {
      heading: 'Type what is in the images',
      body: [
        'Class names are the prompt. Other words for a class go into its details: cup, mug. A ~ before a name marks stuff, as ~sky.',
      ],
    },
    propose: {
      heading: 'Let the model propose masks',
      body: [
        'Dashed means proposed, solid means yours. Nothing the model does changes what you accepted.',
      ],
    },
    why: {
      heading: 'See why',
      body: [
        'Salience is where the model looked for a word, pass by pass. Each pass hides the strongest patches, so the next one must look elsewhere.',
      ],
    },
    decide: {
      heading: 'Accept, reject or correct',
      body: [
        'One key accepts, one rejects. Click with Segment, paint with the brush, or follow the edge with the polygon.',
      ],
    },
    rest: {
      heading: 'Let it do the rest',
      body: [
        'Pre-label all images, look at the doubtful masks first, export with a check that reads the file back.',
      ],
    },
  },
};

export const classes = {
  title: 'Classes and words',
  lead: 'The name is for the file, the words are for the model.',
  sections: {
    words: {
      heading: 'Other words',
      body: [
        'A class may have a prompt of its own and synonyms. The file keeps the name. Add a synonym where the model misses: sofa beside couch.',
      ],
    },
    fields: {
      heading: 'Fields, marks and notes',
      body: [
        'A class may ask something of every object: a tick, a choice, a number, a text. The fields are in its editor; one key opens them at the selection, and digits set them.',
        'Marks say that an object is occluded, difficult, a crowd or cut off. Notes stand at an object or an image, tags at images. All of it goes into COCO, CVAT and labelme files, and the filter finds it: field:material=wood, is:occluded, tag:night.',
      ],
    },
    keys: {
      heading: 'Keys for many classes',
      body: [
        'Keys 1–9 choose classes. With more than nine, one key hands them to the next nine and another to the nine before; the class list shows whose they are.',
      ],
    },
    merge: {
      heading: 'Two names for one thing',
      body: [
        'A right click on a class merges it into another: its objects in all images go over, and one undo takes that back.',
      ],
    },
    threshold: {
      heading: 'Thresholds',
      body: [
        'A class has a threshold: higher gives tighter masks, lower fuller ones. Moving it needs no new run, since the salience is stored.',
      ],
    },
    stuff: {
      heading: 'Things and stuff',
      body: [
        'Things can be counted, stuff cannot: sky, grass, road. Stuff takes the pixels that no thing has, and is never split into objects.',
      ],
    },
  },
};

export const batch = {
  title: 'Batch and review',
  lead: 'The model works through the night, you look at what is doubtful.',
  sections: {
    batch: {
      heading: 'Pre-label all images',
      body: [
        'A batch runs in the background and goes on after a restart where it stopped. Images with accepted masks keep them.',
      ],
    },
    review: {
      heading: 'Review by class',
      body: [
        'Review shows the proposals of one class side by side, the doubtful ones first. Keys accept and reject; one undo takes the last decision back.',
      ],
    },
    learn: {
      heading: 'Learn from corrections',
      body: [
        'From eight finished images on, Salience looks in the background whether other thresholds or edges would have fitted your masks better. It uses the maps that are stored, judges each image by settings chosen without it, and asks before anything changes. One undo takes it back.',
        'What you draw wider or narrower than proposed becomes an offer of its own. Review then begins with what changed most; Tune has the figures, and from ten images on it measures each layer of the model.',
      ],
    },
    filter: {
      heading: 'Find images',
      body: [
        'The filter of the image list knows class, status, match, margin, area, count and more: class:cup margin:<0.1 shows cups in doubt. Saved filters have keys.',
      ],
    },
  },
};

export const files = {
  title: 'Files in and out',
  lead: 'Your images are never changed. The project is one file beside them, or where you put it.',
  sections: {
    project: {
      heading: 'The project file',
      body: [
        'Every decision is saved at once. Two windows may be open on one project; another program that has it is asked to let go when you choose to edit here.',
      ],
    },
    import: {
      heading: 'Labels from elsewhere',
      body: [
        'COCO, labelme, X-AnyLabeling, CVAT, VIA, Label Studio, Supervisely, YOLO, Pascal VOC and mask pictures are recognised by what is in them. What cannot be read is named with its reason.',
      ],
    },
    export: {
      heading: 'Export',
      body: [
        'COCO with masks as RLE or polygons, and the other formats that the dialog lists. The file is written aside and read back before it takes its name.',
        'Before that, the dialog counts what is worth a look: tiny masks, overlaps, the same mask twice, what nobody has decided.',
      ],
    },
  },
};
