/* Where the data that comes with the program is: the starter referential, the demo, the maps. */
#ifndef PASSERELLE_CLI_DATA_DIRECTORY_H
#define PASSERELLE_CLI_DATA_DIRECTORY_H

/* $PASSERELLE_DATA, or share/passerelle of the prefix that this program is installed in. */
const char *data_directory(void);

#endif
