// The help pages. A page is a title, a lead and sections; keys and buttons of a section stand in
// screens/help/pages.ts under the same names.
export const help = {
  title: 'Help',
  pages: 'Pages of the help',
  find: 'Find in help',
  local: 'Everything here is on this computer. Nothing is fetched.',
  back: 'Back to the image',
  backElsewhere: 'Back',
  start: 'Start with the sample',
  showMe: 'Show me',
  keysOf: (screen: string) => `Keys on the ${screen} screen`,
  allKeys: 'All keys, change keys',
  nothing: (typed: string) => `Nothing under “${typed}”.`,
  devices: 'Models and devices',
  hasDeviceTest: 'has the device test.',
  found: (count: number) => (count === 1 ? '1 place' : `${count} places`),
  aboutWord: (word: string) => `What “${word}” means`,
  topics: {
    tour: {
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
    },
    salience: {
      title: 'What salience is',
      lead: 'The model says where it looked before it says what it found.',
      sections: {
        map: {
          heading: 'A map for each word',
          body: [
            'A vision-language model has learned to tell whether a sentence fits an image. Asked about “a photo of a cup”, it compares the word cup with each patch of the image. GradCAM weighs these comparisons by how much they raise the answer: the result is the salience of the word.',
            'Salience is no mask. It is bright where the model looked, often on the most telling part only: the face of a dog, not its back.',
          ],
        },
        dropout: {
          heading: 'Several passes',
          body: [
            'After a pass the patches with the strongest salience are hidden, and the model is asked again. It must look at the rest of the thing. The sum of all passes covers more than the first, and Evidence shows each pass with what it hid.',
          ],
        },
        edges: {
          heading: 'From salience to a mask',
          body: [
            'The sum is blurred a little, each class gets its pixels, and the edges follow the colours of the photograph: a dense CRF by default, quick edges where time counts.',
          ],
        },
        presence: {
          heading: 'Is it there at all?',
          body: [
            'The match of a class is the model’s own answer to whether the sentence fits. A class under its threshold gets no mask on that image, and the class list shows by how much it missed.',
          ],
        },
      },
    },
    clicks: {
      title: 'Clicks and edges',
      lead: 'Salience knows what, a click model knows where it ends.',
      sections: {
        segment: {
          heading: 'Click to mask',
          body: [
            'Choose Segment and click on a thing; a click with Alt says “not this”. A dragged rectangle says how far it goes. Every click is a step that can be undone, and Enter makes the object.',
            'Without a click model the tool goes by the salience of the active class, where the image was run.',
          ],
        },
        zoom: {
          heading: 'Small things in large images',
          body: [
            'Segment sees the whole image at once. Zoom in and ask for a closer look: the model then sees only what you see.',
          ],
        },
        hand: {
          heading: 'By hand',
          body: [
            'The brush paints and the eraser takes away. The polygon takes a point for each click, a line for a drag, and shares the border of a neighbour. The wand and fill take what has the same colour.',
            'What you leave unfinished waits with its image, also after a crash.',
          ],
        },
      },
    },
    engines: {
      title: 'Engines compared',
      lead: 'Ways to get from words to masks, without training.',
      sections: {
        pnp: {
          heading: 'Salience',
          body: [
            'Asks a model that knows images and words where it looked for each class, several times. It gives the fullest evidence and takes the most time per class.',
          ],
        },
        naclip: {
          heading: 'Similarity',
          body: [
            'Compares each patch of the image with each class, once. It is the quickest on many classes, and its maps have no passes.',
          ],
        },
        car: {
          heading: 'Rounds',
          body: [
            'Shows each find to a judge and drops the names that the judge does not see. It is good where a long list of names is typed and few are there.',
          ],
        },
        choose: {
          heading: 'Which one fits your images',
          body: [
            'Accept masks on some twenty images, then let Tune compare the engines on them: it holds these masks back and lists each engine with its agreement and its seconds.',
          ],
        },
      },
    },
    classes: {
      title: 'Classes and words',
      lead: 'The name is for the file, the words are for the model.',
      sections: {
        words: {
          heading: 'Other words',
          body: [
            'A class may have a prompt of its own and synonyms. The file keeps the name. Add a synonym where the model misses: sofa beside couch.',
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
    },
    batch: {
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
        filter: {
          heading: 'Find images',
          body: [
            'The filter of the image list knows class, status, match, margin, area, count and more: class:cup margin:<0.1 shows cups in doubt. Saved filters have keys.',
          ],
        },
      },
    },
    files: {
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
          ],
        },
      },
    },
    words: {
      title: 'Words used here',
      lead: 'Each word means one thing, in the window, on the command line and in the files.',
      sections: {
        salience: {
          heading: 'Salience',
          body: ['Where the model looked for a word: a map over the image, 0 to 1.'],
        },
        pass: {
          heading: 'Pass',
          body: [
            'One question to the model. Each pass hides what the ones before it looked at most.',
          ],
        },
        share: {
          heading: 'Share',
          body: [
            'Part of a whole, as a percentage: of the image that a mask covers, or of the salience that a pass brought.',
          ],
        },
        match: {
          heading: 'Match',
          body: ['How well a class fits the image as a whole, 0 to 1, by the model’s own answer.'],
        },
        margin: {
          heading: 'Margin',
          body: [
            'By how much a class leads the next one inside its mask. Under 0.10 a mask is doubtful.',
          ],
        },
        threshold: {
          heading: 'Threshold',
          body: ['Salience that a pixel needs to belong to the class.'],
        },
        head: {
          heading: 'Layer and head',
          body: [
            'Places inside the model where words and patches are compared. Some heads find things better than others.',
          ],
        },
        window: {
          heading: 'Window',
          body: [
            'A part of a large image that Similarity looks at by itself; the windows are joined afterwards.',
          ],
        },
        round: {
          heading: 'Round',
          body: [
            'One turn of Rounds: masks for the names that are left, and the judge’s answer to each.',
          ],
        },
        judge: {
          heading: 'Judge',
          body: ['A CLIP model that is shown a find and says which name fits it.'],
        },
        proposal: {
          heading: 'Proposal',
          body: [
            'A mask from the model that nobody has decided on. It is dashed, and it is not exported unless you ask.',
          ],
        },
        reviewed: {
          heading: 'Reviewed',
          body: ['You say that everything on this image is decided.'],
        },
        run: {
          heading: 'Run',
          body: [
            'One answer of the model on one image, with its maps. Thresholds move on it without the model.',
          ],
        },
        job: {
          heading: 'Job',
          body: [
            'Work on many images: a batch, a tuning, a benchmark. It goes on after a restart.',
          ],
        },
        pack: {
          heading: 'Pack',
          body: [
            'A model made ready for this program: graphs, words and settings, with checksums.',
          ],
        },
      },
    },
    keys: {
      title: 'All keys',
      lead: 'As they are bound now. Presets for people who know labelme or CVAT are under Settings, Shortcuts.',
      sections: {},
    },
  },
};
